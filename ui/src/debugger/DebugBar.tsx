// The floating bar over the canvas that moves a debugged run.

export function DebugBar() {
  return null;
}
