// The history events of the run.

export function EventsTab() {
  return null;
}
