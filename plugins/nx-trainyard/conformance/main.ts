import { resolve } from 'node:path';
import { runConformance } from './run';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: npm run conformance -- <folder with python/*.json or hyperpod/>');
  process.exit(2);
}
const { passed, failed } = runConformance(resolve(folder), (line) => console.log(line));
if (passed + failed === 0) console.error(`found no case in ${folder}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
