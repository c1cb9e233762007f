// What scripts add to pages that work without them: one module a behaviour.
import "./theme-toggle.js";
import "./swap.js";
import "./sheet.js";
import "./focus.js";
import "./map-open.js";
import "./gallery-open.js";
import "./shortlist.js";
import "./suggest-open.js";
