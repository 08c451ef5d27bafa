import { serveParent } from '../processes/serve-parent.ts';
import { TRIAL_SERVICES } from './trial-services.ts';

serveParent(TRIAL_SERVICES);
