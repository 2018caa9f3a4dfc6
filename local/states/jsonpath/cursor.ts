/** A text that is not in the grammar; the message continues `… is not valid:`. */
export class SyntaxProblem extends Error {
  override readonly name = 'SyntaxProblem'
}

/** A place in a text that is being read from left to right. */
export class Cursor {
  readonly text: string
  at = 0
  constructor(text: string) {
    this.text = text
  }

  get ended(): boolean {
    return this.at >= this.text.length
  }

  /** Takes `token` if it comes next. */
  takes(token: string): boolean {
    if (!this.text.startsWith(token, this.at)) return false
    this.at += token.length
    return true
  }

  /** Takes what a sticky expression matches here. */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at
    const [found] = pattern.exec(this.text) ?? []
    if (found !== undefined) this.at += found.length
    return found
  }

  space(): void {
    this.match(/\s*/y)
  }

  expect(token: string): void {
    if (!this.takes(token)) throw this.problem(`'${token}' was expected`)
  }

  problem(what: string): SyntaxProblem {
    return new SyntaxProblem(`${what} at character ${this.at + 1}`)
  }
}
