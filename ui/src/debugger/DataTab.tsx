// The data of the selected state, as it flows.

export function DataTab() {
  return null;
}
