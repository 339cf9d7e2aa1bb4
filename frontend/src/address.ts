/** Addresses of this page with other days, keys in the one order that all pages write. */

const ORDER = [
  "range", "from", "to", "compare", "domain", "group", "host", "reporter", "class", "disposition", "dkim", "spf",
  "q", "sort", "page", "size", "cols", "view",
];

/** This page from one day to another (ISO, inclusive), all other filters kept. */
export function withDays(from: string, to: string): string {
  const query = new URLSearchParams(location.search);
  for (const key of ["range", "page"]) query.delete(key);
  query.set("from", from);
  query.set("to", to);
  const place = (key: string): number => (ORDER.indexOf(key) + ORDER.length + 1) % (ORDER.length + 1);
  const pairs = [...query].sort(([a], [b]) => place(a) - place(b));
  return `${location.pathname}?${pairs.map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll("%2C", ",")}`).join("&")}`;
}

/** A day (ISO) some days later. */
export function shifted(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
