import type { Aucs } from './leakage.ts'

const bars: readonly (readonly [keyof Aucs, string, string])[] = [
  ['itself', 'windows that end with the flight itself', 'its own delay is in them'],
  ['departures', 'windows over departures', 'delays of aircraft still in the air'],
  ['landings', 'windows over landings', 'what is known at the gate: Hopline'],
  ['none', 'no windows', 'the request alone'],
]

const [width, rowHeight, left, scale] = [760, 64, 330, 400]

/** The AUCs as a bar chart; bars begin at 0.5, where a coin stands. */
export const leakagePicture = (aucs: Aucs): string => {
  const height = 70 + bars.length * rowHeight + 30
  const rows = bars.map(([name, title, words], at) => {
    const y = 70 + at * rowHeight
    const length = Math.round((aucs[name] - 0.5) * 2 * (scale - 60))
    const colour = name === 'landings' ? '#1f7a4d' : name === 'none' ? '#7a869a' : '#c2452d'
    return `  <text x="${left - 14}" y="${y + 16}" text-anchor="end" font-weight="600">${title}</text>
  <text x="${left - 14}" y="${y + 34}" text-anchor="end" font-size="12" fill="#5c6675">${words}</text>
  <rect x="${left}" y="${y}" width="${length}" height="38" rx="3" fill="${colour}"/>
  <text x="${left + length + 10}" y="${y + 24}" font-weight="600">${aucs[name].toFixed(2)}</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="14" fill="#1d2733" role="img" aria-label="AUC by what the windows see">
  <rect width="${width}" height="${height}" fill="#ffffff"/>
  <text x="24" y="30" font-size="17" font-weight="600">Will it arrive late? AUC on the newest fifth of 250,000 real flights</text>
  <text x="24" y="50" font-size="12" fill="#5c6675">The red ones are what no live prediction keeps. Bars begin at 0.5.</text>
${rows.join('\n')}
</svg>
`
}
