// Visits of states as rows and bars, and the handle that moves through time.

export function TimelineTab() {
  return null;
}
