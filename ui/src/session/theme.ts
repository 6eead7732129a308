// Light or dark, as the system says.
import { Signal } from "./signal";

export type Theme = "light" | "dark";

export class ThemeFollower {
  readonly theme: Signal<Theme>;

  constructor(page: Pick<Window, "matchMedia" | "document">) {
    const dark = page.matchMedia("(prefers-color-scheme: dark)");
    this.theme = new Signal<Theme>(dark.matches ? "dark" : "light");
    const apply = () => {
      this.theme.set(dark.matches ? "dark" : "light");
      page.document.documentElement.dataset.theme = this.theme.get();
    };
    dark.addEventListener("change", apply);
    apply();
  }
}
