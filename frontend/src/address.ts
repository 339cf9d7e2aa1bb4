/** Addresses of this page with other days, keys in the one order that all pages write. */

const ORDER = [
  "range", "from", "to", "compare", "domain", "group", "host", "reporter", "class", "disposition", "dkim", "spf",
  "q", "sort", "page", "size", "cols", "view",
];

const DEFAULTS: ReadonlyMap<string, string> = new Map([["range", "30d"]]);

/** This page with other filters: empty ones and defaults left out. */
export function withFilters(pairs: Iterable<[string, string]>): string {
  const place = (key: string): number => (ORDER.indexOf(key) + ORDER.length + 1) % (ORDER.length + 1);
  const query = [...pairs]
    .filter(([key, value]) => value !== "" && DEFAULTS.get(key) !== value)
    .sort(([a], [b]) => place(a) - place(b))
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value).replaceAll("%2C", ",")}`);
  return location.pathname + (query.length ? `?${query.join("&")}` : "");
}

/** This page from one day to another (ISO, inclusive), all other filters kept. */
export function withDays(from: string, to: string): string {
  const query = new URLSearchParams(location.search);
  for (const key of ["range", "page"]) query.delete(key);
  query.set("from", from);
  query.set("to", to);
  return withFilters(query);
}

/** A day (ISO) some days later. */
export function shifted(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
