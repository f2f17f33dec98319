import { formatReport, reportCollection } from '../launchers/report';
import { executor } from './running/executor';
import { withCollection } from './running/recipe-options';
import { drawn } from './running/task';

export default executor(
  'report-collection',
  withCollection((collection) => formatReport(reportCollection(collection), drawn)),
);
