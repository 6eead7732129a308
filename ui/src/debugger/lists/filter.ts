// What a filter's words find.

/** Whether the text has every word, in any order and case. */
export function matches(words: string, text: string): boolean {
  const low = text.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => low.includes(word));
}
