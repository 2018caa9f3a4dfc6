import { HopsworksKafkaError } from '../../errors.ts';
/** The error of a code that a broker sent. */
export declare function brokerError(doing: string, code: number): HopsworksKafkaError;
//# sourceMappingURL=error-codes.d.ts.map