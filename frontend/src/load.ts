/** Parts of a page that take time to find out: loaded once when they come into sight, in place of what stands there. */

export async function load(part: HTMLElement): Promise<void> {
  const url = part.dataset["load"];
  if (!url) return;
  const said = document.createElement("p");
  said.className = "small muted";
  said.setAttribute("role", "status");
  said.textContent = part.dataset["loading"] ?? "";
  part.append(said);
  try {
    const answer = await fetch(url, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    part.replaceChildren(...page.body.childNodes);
  } catch {
    said.textContent = part.dataset["failed"] ?? "";
  }
}
