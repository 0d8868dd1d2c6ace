// A clause by itself: nothing here is needed to read it.
import { startReading } from "/own/base.js";
import { startCopying } from "/own/copying.js";

startReading();
startCopying();
