/** The switch of colours: follows the system, or light, or dark; kept in a cookie, so that the server writes it into the page. */

const COOKIE = "sekisho_theme";
const YEAR_S = 31_536_000;

export function startTheme(): void {
  const switches = document.querySelectorAll<HTMLElement>("[data-theme-switch]");
  for (const place of switches) {
    place.hidden = false;
    place.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLButtonElement>("button");
      if (button) choose(button.value, switches);
    });
  }
}

function choose(theme: string, switches: NodeListOf<HTMLElement>): void {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${COOKIE}=${theme}; Path=/; Max-Age=${YEAR_S}; SameSite=Lax${secure}`;
  if (theme === "auto") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
  for (const place of switches)
    for (const button of place.querySelectorAll<HTMLButtonElement>("button")) button.setAttribute("aria-pressed", String(button.value === theme));
}
