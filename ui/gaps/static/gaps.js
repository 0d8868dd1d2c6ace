// The list and one gap: large text, as on every page.
import { startReading } from "../page/base.js";

startReading();
