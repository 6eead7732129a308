// The graph of the open document.

export function Canvas() {
  return null;
}
