// A clause by itself: nothing here is needed to read it.
import { startReading } from "../page/base.js";
import { startCopying } from "../page/copy-buttons.js";

startReading();
startCopying();
