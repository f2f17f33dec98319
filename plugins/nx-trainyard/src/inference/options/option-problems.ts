/** A plugin option that cannot work. It concerns every project, so it ends the command. */
export function wrongOption(message: string): Error {
  return new Error(`nx-trainyard options in nx.json: ${message}.`);
}

/** @throws Error for what is no text, or an empty one */
export function checkText(name: string, value: unknown): void {
  if (typeof value !== 'string') throw wrongOption(`${name} must be a string`);
  if (value === '') throw wrongOption(`${name} is empty; set a value or remove it`);
}

/** @throws Error for what is no mapping from names to names */
export function checkMapping(name: string, value: unknown): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  throw wrongOption(`'${name}' must be an object`);
}
