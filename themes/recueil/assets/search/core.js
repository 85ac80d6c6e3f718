// Reading, finding and showing, in one file: a browser asks for it once, and together the parts compress better.
//= require analyser.js
//= require store.js
//= require excerpt.js
//= require query.js
//= require results.js
