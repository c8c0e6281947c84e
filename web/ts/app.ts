// Every page works without this file. What it shows in words comes from the page, never from here.
import { autosave } from "./autosave";
import { busy } from "./busy";
import { live } from "./live";
import { menus } from "./menus";
import { paper } from "./paper";
import { passkey } from "./passkey";
import { walk } from "./walk";

busy();
menus();
paper();
walk();
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-autosave]")) autosave(form);
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-live]")) live(form);
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) passkey(form);
document.querySelector<HTMLElement>(".errors")?.focus();
