import { pythonFloatRepr } from '../value/python-number';

/**
 * A float as OmegaConf's `to_yaml` writes it: `repr` with a dot before every exponent (`1.0e-05`),
 * because YAML 1.1 reads `1e-05` as a string; `.inf`, `-.inf`, `.nan`.
 */
export function yamlFloat(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value < 0 ? '-.inf' : '.inf';
  const text = pythonFloatRepr(value);
  return text.includes('.') ? text : text.replace('e', '.0e');
}
