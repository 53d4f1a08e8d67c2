import { build, installMissing } from './lib.mjs';

installMissing();
build();
