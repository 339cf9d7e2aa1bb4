/** The entry: small things at once, charts and the map only where a page has them and when they are seen. */

import "./css/tokens.css";
import "./css/components.css";
import "./css/app.css";
import "./css/account.css";
import "./css/agency.css";
import "./css/mails.css";
import { startCopying } from "./copy";
import { startFilters } from "./filters";
import { startKeys } from "./keys";
import { load } from "./load";
import { whenSeen } from "./seen";
import { startPopovers } from "./popovers";
import { showCurrent } from "./tabs";
import { startTheme } from "./theme";

startTheme();
startPopovers();
startFilters();
startCopying();
startKeys();
showCurrent();
whenSeen("[data-chart]", async (figure) => (await import("./charts")).drawChart(figure));
whenSeen("[data-load]", load);
for (const part of document.querySelectorAll<HTMLElement>("[data-poll]")) void import("./poll").then((module) => module.startPolling(part));
whenSeen("[data-map]", async (figure) => (await import("./map")).drawMap(figure));
for (const frame of document.querySelectorAll<HTMLIFrameElement>("iframe.mailframe")) void import("./frames").then((module) => module.fit(frame));
if (document.querySelector("[data-upload]")) void import("./upload").then((module) => module.startUploads());
if (document.querySelector("[data-passkey]")) void import("./passkeys").then((module) => module.startPasskeys());
