import type { Draw } from './draw';
import { randomPairs, writePairs } from './random-value';

const SHARED = [
  'base: &base {p: 1, q: {x: 1}}\ncopy: *base\nmerged: {<<: *base, q: {x: 2}}\n',
  'base: &base\n  p: 1 # one\n  q: [1, 2]\ncopy: *base\nmerged:\n  <<: *base\n  r: 3\n',
  'first: &first 3e-4\nsecond: *first\n',
];
const ODD = [
  'flow: {a: 1, b: [x, y], c: {d: 1e-5}} # why\n',
  'flow: {\n  a: 1,\n  b: 2, # two\n}\n',
  'list: [\n  one,\n  two,\n]\n',
  '\'quoted key\': 1\n"other: key": {in: 2}\n',
  '? explicit\n: 1\n',
  'deep:\n    four:\n        more: 1\n        # last words\n    two: 2\n',
  'items:\n- name: a # first\n  lr: 1e-3\n-   name: b\n',
  'empty:\nnothing: ~\nbraces: {}\nbrackets: []\n',
  'long: one two\n  three\nnext: 1\n',
  'text: |\n  one\n\n  two\n# after\nfolded: >-\n  a\n  b\nlast: 1\n',
  'weights: !!float 1\nname: !!str 16\n',
];

/** A researcher's own base config in an odd layout. */
export function randomBase(draw: Draw): string {
  if (draw.chance(3)) return draw.pick(['', '# nothing yet\n', '---\n', '{}\n']);
  const pairs = randomPairs(draw, 1, false);
  let text = pairs.length === 0 ? '' : writePairs(pairs);
  if (draw.chance(15)) text = `shared: 1\n${draw.pick(SHARED)}${text}`;
  for (const part of draw.some(ODD, 3)) {
    if (topKeys(part).some((key) => topKeys(text).includes(key))) continue;
    text += draw.pick(['', '\n', '# section\n', '\n# section\n\n']) + part;
  }
  if (draw.chance(50)) text = commented(draw, text);
  if (draw.chance(40))
    text = `output_dir: ${draw.pick(['/tmp/out', "'/tmp/out/'", '${root}/out', '"/tmp/a b"'])}\n${text}`;
  if (draw.chance(10)) text = `---\n${text}`;
  if (draw.chance(10)) text = text.trimEnd();
  if (draw.chance(10)) text += draw.pick(['\n\n', '# end\n', '  # deep end\n']);
  return draw.chance(10) ? text.replaceAll('\n', '\r\n') : text;
}

function topKeys(text: string): string[] {
  return Array.from(text.matchAll(/^([\w]+):/gm), ([, key]) => key ?? '');
}

/** Comments above top-level keys and behind simple values. */
function commented(draw: Draw, text: string): string {
  return text
    .split('\n')
    .map((line) => {
      if (draw.chance(20) && /^\w+:/.test(line))
        return `${draw.pick(['# about', '\n#about:', '#'])}\n${line}`;
      return draw.chance(20) && /^\w+: [\w.-]+$/.test(line)
        ? `${line}${draw.pick(['  # why', ' #', '   '])}`
        : line;
    })
    .join('\n');
}
