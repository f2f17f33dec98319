/** Whether a file is YAML by its name, as people write it. Hydra, and all that is here, reads `.yaml` alone. */
export function isYamlName(path: string): boolean {
  return /\.ya?ml$/i.test(path);
}

/** Whether a file is YAML by its name, under an ending that nothing reads: `.yml`, `.YAML`. */
export function hasOtherEnding(path: string): boolean {
  return isYamlName(path) && !path.endsWith('.yaml');
}

/** The path with the ending that is read. */
export function withYamlEnding(path: string): string {
  return path.replace(/\.ya?ml$/i, '.yaml');
}
