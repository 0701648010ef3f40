// Name entities with compromise: JSON Lines of {id, text} in, JSON Lines of {id, entities} out.
// Runs in the folder where compromise is installed.

import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const installed = createRequire(join(process.cwd(), "adapter.js")).resolve("compromise");
const { default: nlp } = await import(pathToFileURL(installed).href);

// The adapters speak of offsets in code points, as Python does; JavaScript counts UTF-16 units.
const points = (text, units) => [...text.slice(0, units)].length;

// A list of names is one match for compromise: it is taken apart at its commas.
function* names(match) {
  let start = match.offset.start;
  for (const piece of match.surface.split(",")) {
    const name = piece.replace(/^[^\p{L}\p{N}]+|(['’]s)?[^\p{L}\p{N}]*$/gu, "");
    if (name) yield [start + piece.indexOf(name), name.length];
    start += piece.length + 1;
  }
}

function entities(type, view, text) {
  const matches = view.json({ offset: true }).map(({ offset }) => ({
    offset,
    surface: text.slice(offset.start, offset.start + offset.length),
  }));
  return matches.flatMap((match) =>
    [...names(match)].map(([start, length]) => ({
      type,
      spans: [[points(text, start), points(text, start + length)]],
    })),
  );
}

for await (const line of createInterface({ input: process.stdin })) {
  const { id, text } = JSON.parse(line);
  const read = nlp(text);
  const views = { Person: read.people(), Place: read.places(), Organization: read.organizations() };
  const found = Object.entries(views).flatMap(([type, view]) => entities(type, view, text));
  console.log(JSON.stringify({ id, entities: found }));
}
