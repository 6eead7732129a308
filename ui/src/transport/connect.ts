// Picks the shell that the page runs in.
import { HttpTransport } from "./http";
import { dropToken, takeToken } from "./token";
import type { Transport } from "./transport";

export async function connect(page: Window): Promise<Transport> {
  if ("__TAURI_INTERNALS__" in page) {
    const { TauriTransport } = await import("./tauri");
    return new TauriTransport();
  }
  return new HttpTransport({ token: takeToken(page), refused: () => dropToken(page) });
}
