(function () {
  "use strict";
  var box = document.getElementById("search");
  var found = document.getElementById("found");
  var sections = Array.from(document.querySelectorAll("main > section"));
  function search() {
    var words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    var count = 0;
    sections.forEach(function (section) {
      var heading = section.querySelector("h2");
      var rows = Array.from(section.querySelectorAll("tbody > tr"));
      var shown = rows.filter(function (row) {
        var text = row.textContent.toLowerCase();
        var fits = words.every(function (word) { return text.includes(word); });
        row.hidden = !fits;
        return fits;
      });
      var named = heading && words.every(function (word) {
        return heading.textContent.toLowerCase().includes(word);
      });
      section.hidden = words.length > 0 && shown.length === 0 && !named;
      count += shown.length;
    });
    found.textContent = words.length === 0 ? "" : count + (count === 1 ? " setting" : " settings");
  }
  document.getElementById("search-box").hidden = false;
  box.addEventListener("input", search);
  search();
})();
