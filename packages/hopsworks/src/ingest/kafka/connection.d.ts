import type { Api } from './requests.ts';
/** How to speak to the brokers; null is PLAINTEXT. PEM strings stay in memory. */
export type Security = {
    readonly ca?: string;
    readonly cert?: string;
    readonly key?: string;
    /** Whether the certificate must name the host. The chain is always verified. */
    readonly verifyHost: boolean;
} | null;
export interface Broker {
    readonly host: string;
    readonly port: number;
}
/** A socket to one broker: requests are pipelined, replies matched by correlation id. Once broken it stays broken. */
export declare class Connection {
    #private;
    private constructor();
    static open({ host, port }: Broker, security: Security, timeoutMs: number): Promise<Connection>;
    get broken(): boolean;
    /** Sends a request whose body is the parts in a row, and resolves to the body of the reply. */
    request(api: Api, parts: readonly Buffer[]): Promise<Buffer>;
    close(): void;
}
//# sourceMappingURL=connection.d.ts.map