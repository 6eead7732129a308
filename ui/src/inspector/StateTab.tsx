// The form of the selected state.

export function StateTab() {
  return null;
}
