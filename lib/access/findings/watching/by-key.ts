/** Groups rows by the key that they are about. The grouped rows no longer name it. */
export function byKey<Row extends { keyId: string }>(
  rows: readonly Row[],
): Map<string, Omit<Row, "keyId">[]> {
  const grouped = new Map<string, Omit<Row, "keyId">[]>();
  for (const { keyId, ...row } of rows) {
    const others = grouped.get(keyId);
    if (others) others.push(row);
    else grouped.set(keyId, [row]);
  }
  return grouped;
}
