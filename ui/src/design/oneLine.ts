// JSON text in one line, for a row of a list.

const MOST = 400;

/** Indented JSON in one line; its strings have no line breaks. */
export function oneLine(json: string): string {
  return json.length > MOST ? `${squeezed(json.slice(0, MOST))}…` : squeezed(json);
}

function squeezed(json: string): string {
  return json.replace(/\n\s*/g, " ");
}
