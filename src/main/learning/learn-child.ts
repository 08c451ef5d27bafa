import { serveParent } from '../processes/serve-parent.ts';
import { LEARN_SERVICES } from './learn-services.ts';

serveParent(LEARN_SERVICES);
