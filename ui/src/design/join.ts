// Class names from what holds.

export function join(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(" ");
}
