import { GENERIC, HEAD, TemporarySweep } from '../../../../testing/temporary-sweep';

const OWN_TORCHTUNE = GENERIC.replace('generic', 'torchtune').replace(
  'base.yaml}',
  'base.yaml, recipe: lora_finetune_single_device}',
);

function found(experiment: string, base = ''): string[] {
  const sweep = new TemporarySweep(experiment, { 'base.yaml': base });
  return sweep
    .plan()
    .warnings.filter(({ id }) => id === 'unknown-resolver')
    .map(({ message, hint }) => `${message} | ${hint}`);
}

const inControls = (head: string, text: string): string[] =>
  found(`${head}controls: {output_dir: '${text}'}\n`, 'output_dir: x\n');

describe('a function that OmegaConf does not know', () => {
  it.each([
    ['${oc.envv:X}/x', '${oc.envv:X}', 'oc.envv', '${oc.env:X}'],
    ['a/${oc.selec:seed}', '${oc.selec:seed}', 'oc.selec', '${oc.select:seed}'],
    ['${oc.decode:${oc.en:X}}', '${oc.en:X}', 'oc.en', '${oc.env:X}'],
    ['${env:HOME}', '${env:HOME}', 'env', '${oc.env:HOME}'],
  ])(
    'is warned of with the nearest one, whatever the framework: %s',
    (text, whole, name, right) => {
      for (const head of [HEAD, GENERIC, OWN_TORCHTUNE]) {
        expect(inControls(head, text)).toEqual([
          `'${whole}' calls '${name}', which OmegaConf does not know | Write '${right}'.`,
        ]);
        expect(inControls(head, text.replace(whole, right))).toEqual([]);
      }
    },
  );

  it.each(['${now:%Y}', '${hydra:runtime.cwd}', '${VAR:-x}', '${multiply:1,2}'])(
    'is warned of in torchtune, which registers none: %s',
    (text) => {
      expect(inControls(HEAD, text)).toEqual([
        expect.stringContaining(`For the literal text, write '\\${text}'.`),
      ]);
      expect(inControls(GENERIC, text)).toEqual([]);
    },
  );

  it.each([
    ['variables', 'variables: {seed: ["${oc.envv:X}", 2]}\n'],
    ['a mapping', 'controls: {model: {lora_rank: "${oc.envv:X}"}}\n'],
    ['a list', "controls: {model.lora_attn_modules: ['${oc.envv:X}']}\n"],
    ['conditions', 'sweep: {when: [{if: {epochs: 1}, set: {seed: "${oc.envv:X}"}}]}\n'],
    ['listed runs', 'sweep: {runs: [{seed: "${oc.envv:X}"}]}\n'],
  ])('is found in %s, once', (_where, rest) => {
    expect(found(HEAD + rest)).toHaveLength(1);
  });

  it('is found in the base, once, but not where a recipe of its own may register it', () => {
    const base = 'a: ${oc.envv:X}\nb: ${eval:3}\nc: ${now:%Y}\nseed: 1\n';
    const rest = 'controls: {seed: "${eval:4}"}\n';
    expect(found(OWN_TORCHTUNE + rest, base)).toEqual([
      expect.stringContaining("'oc.envv'"),
      expect.stringContaining("'now'"),
    ]);
    expect(found(GENERIC, base)).toEqual([expect.stringContaining("'oc.envv'")]);
  });

  it('can be accepted', () => {
    const meant = 'validate: {silence: [{id: unknown-resolver, keys: [output_dir], reason: x}]}\n';
    expect(found(`${HEAD}controls: {output_dir: "\${now:x}"}\n${meant}`)).toEqual([]);
  });
});
