import { moduleLoad } from './module-load';

it('loading the plugin takes at most two fifths of what loading @nx/devkit takes', () => {
  const { title, lines, ok } = moduleLoad(3);
  expect(title).toBe('module-load, each in a process of its own');
  expect({ ok, lines }).toMatchObject({ ok: true });
}, 120_000);
