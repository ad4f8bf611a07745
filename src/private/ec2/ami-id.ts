/** Whether a value is `ami-` and 8 or 17 hex digits. */
export function isAmiId(value: unknown): boolean {
  return typeof value === 'string' && /^ami-([0-9a-f]{8}|[0-9a-f]{17})$/.test(value);
}
