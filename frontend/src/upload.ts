/** The drop zone: one request a file, one after the other, each with its progress and what became of it. */

interface Said {
  id?: number;
  /** `waiting` until the worker has read it. */
  state?: string;
  name: string;
  tone: string;
  text: string;
  url?: string;
}

const ASK_AFTER_MS = [500, 1000, 2000, 4000, 8000, 15_000, 30_000];

export function startUploads(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-upload]")) startUpload(form);
}

function startUpload(form: HTMLFormElement): void {
  const zone = form.querySelector<HTMLElement>(".drop");
  const field = form.querySelector<HTMLInputElement>("input[type=file]");
  if (!zone || !field) return;
  form.querySelectorAll<HTMLElement>("[data-submit]").forEach((element) => (element.hidden = true));
  form.querySelectorAll<HTMLElement>("[data-drop-hint]").forEach((element) => (element.hidden = false));
  const queue: [File, HTMLElement][] = [];
  let isBusy = false;

  const add = async (files: Iterable<File>): Promise<void> => {
    for (const file of files) queue.push([file, line(form, file)]);
    if (isBusy) return;
    isBusy = true;
    for (let next = queue.shift(); next; next = queue.shift()) await send(form, ...next);
    isBusy = false;
  };

  field.addEventListener("change", () => {
    void add([...(field.files ?? [])]);
    field.value = "";
  });
  for (const name of ["dragenter", "dragover", "dragleave", "drop"])
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.toggle("over", name === "dragenter" || name === "dragover");
    });
  zone.addEventListener("drop", (event) => void add([...(event.dataTransfer?.files ?? [])]));
}

function line(form: HTMLFormElement, file: File): HTMLElement {
  const item = document.createElement("li");
  const name = document.createElement("span");
  const state = document.createElement("span");
  name.textContent = file.name;
  state.textContent = form.dataset["wordsWaiting"] ?? "";
  item.append(name, state);
  form.querySelector(".uploads")?.append(item);
  return item;
}

function send(form: HTMLFormElement, file: File, item: HTMLElement): Promise<void> {
  const state = item.lastElementChild as HTMLElement;
  const progress = document.createElement("progress");
  item.append(progress);
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      const isSent = event.loaded === event.total;
      state.textContent = (isSent ? form.dataset["wordsReading"] : form.dataset["wordsSending"]) ?? "";
      if (isSent) progress.removeAttribute("value");
      else progress.value = event.loaded / event.total;
    });
    request.addEventListener("loadend", () => {
      progress.remove();
      const said = outcomes(request, form.dataset["wordsFailed"] ?? "");
      say(state, said);
      void follow(form.dataset["status"], said, state);
      done();
    });
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "");
    body.set("files", file);
    request.send(body);
  });
}

/** Asks what became of files that wait to be read, ever more seldom; the page's list tells the rest. */
async function follow(address: string | undefined, said: Said[], state: HTMLElement): Promise<void> {
  const waiting = (): number[] => said.flatMap((one) => (one.state === "waiting" && one.id ? [one.id] : []));
  for (const pause of ASK_AFTER_MS) {
    if (!address || !waiting().length) return;
    await new Promise((after) => setTimeout(after, pause));
    const answer = await fetch(`${address}?ids=${waiting().join(",")}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const { files } = (await answer.json()) as { files: Said[] };
    said = said.map((one) => files.find((file) => file.id === one.id) ?? one);
    say(state, said);
  }
}

function outcomes(request: XMLHttpRequest, failed: string): Said[] {
  const unread: Said[] = [{ name: "", tone: "bad", text: request.status ? `${failed} (${request.status})` : failed }];
  try {
    const answer = JSON.parse(request.responseText) as { files?: Said[]; error?: string };
    if (answer.error) return [{ name: "", tone: "bad", text: answer.error }];
    return answer.files?.length ? answer.files : unread;
  } catch {
    return unread;
  }
}

function say(state: HTMLElement, said: readonly Said[]): void {
  state.replaceChildren(
    ...said.map((one) => {
      const words = document.createElement(one.url?.startsWith("/") ? "a" : "span");
      if (words instanceof HTMLAnchorElement && one.url) words.href = one.url;
      words.className = ["ok", "warn", "bad"].includes(one.tone) ? one.tone : "";
      words.textContent = one.text;
      return words;
    }),
  );
}
