/** How the driver writes a value for the wire: not among its public types, and the same for all of its own queries. */
declare module 'pg/lib/utils.js' {
  export function prepareValue(value: unknown): string | Buffer | null;
}
