// The studio's token: it comes in the address's fragment, which no server log ever sees, and stays in this tab.

const KEY = "stepwell.token";

export interface Page {
  location: { hash: string; pathname: string; search: string };
  history: { replaceState(data: unknown, unused: string, url: string): void };
  sessionStorage: Pick<Storage, "getItem" | "setItem" | "removeItem">;
}

/** Moves a token from the fragment to the tab's storage, and answers with the token at hand. */
export function takeToken(page: Page): string | null {
  const found = new URLSearchParams(page.location.hash.slice(1)).get("token");
  if (found) {
    page.sessionStorage.setItem(KEY, found);
    page.history.replaceState(null, "", page.location.pathname + page.location.search);
  }
  return found ?? page.sessionStorage.getItem(KEY);
}

/** Forgets a token that the studio refused: after a restart it has a new one. */
export function dropToken(page: Page): void {
  page.sessionStorage.removeItem(KEY);
}
