// Builds the style, the script, the typeface and the icon into internal/web/assets/dist, from where Go embeds them.
// Prints what a first visit loads, packed, so that growth is seen: all of it must stay under 100 kB.
import { build } from "esbuild";
import { copyFile, readdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const web = dirname(fileURLToPath(import.meta.url));
const dist = join(web, "../internal/web/assets/dist");
const font = join(web, "../node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-");

for (const name of await readdir(dist)) {
  if (name !== ".keep") await rm(join(dist, name), { recursive: true });
}
await build({
  entryPoints: { app: join(web, "ts/app.ts") },
  outdir: dist, bundle: true, minify: true, format: "esm", target: "es2022", charset: "utf8",
});
await build({
  entryPoints: { app: join(web, "css/app.css"), drawing: join(web, "../internal/genogram/draw/drawing.css") },
  outdir: dist, bundle: true, minify: true, external: ["*.woff2"], charset: "utf8", target: ["chrome111", "firefox113", "safari16.4"],
});
await copyFile(font + "latin-wght-normal.woff2", join(dist, "atkinson.woff2"));
await copyFile(font + "latin-ext-wght-normal.woff2", join(dist, "atkinson-ext.woff2"));
await copyFile(join(web, "icon.svg"), join(dist, "icon.svg"));

for (const name of ["app.css", "app.js", "atkinson.woff2", "icon.svg"]) {
  const bytes = await readFile(join(dist, name));
  const packed = Math.min(bytes.length, gzipSync(bytes, { level: 9 }).length);
  console.log(`${name.padEnd(16)} ${(packed / 1000).toFixed(1).padStart(6)} kB`);
}
