// What functions printed.

export function LogTab() {
  return null;
}
