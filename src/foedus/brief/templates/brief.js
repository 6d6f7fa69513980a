// The page works without this: a link opens its passage and :target marks it. The script marks the
// further pieces of a passage that others cross, opens what is folded for print, and leads back.
"use strict";
(function () {
  var back = document.getElementById("back");
  var from = null;

  function pieces(id) {
    var found = [];
    document.querySelectorAll("[data-of]").forEach(function (piece) {
      if (piece.getAttribute("data-of") === id) { found.push(piece); }
    });
    return found;
  }

  function show() {
    document.querySelectorAll(".lit").forEach(function (e) { e.classList.remove("lit"); });
    var id = decodeURIComponent(location.hash.slice(1));
    var target = id && document.getElementById(id);
    var passage = target && target.closest(".text");
    if (passage) {
      target.classList.add("lit");
      pieces(id).forEach(function (piece) { piece.classList.add("lit"); });
    }
    back.hidden = !(passage && from);
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest("a.cite");
    if (link) { from = link; }
    if (event.target.closest("#back") && from) {
      event.preventDefault();
      history.back();
      var to = from;
      setTimeout(function () { to.scrollIntoView({ block: "center" }); to.focus({ preventScroll: true }); }, 0);
    }
  });
  window.addEventListener("hashchange", show);
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details:not([open])").forEach(function (d) {
      d.open = true;
      d.setAttribute("data-folded", "");
    });
  });
  window.addEventListener("afterprint", function () {
    document.querySelectorAll("details[data-folded]").forEach(function (d) {
      d.open = false;
      d.removeAttribute("data-folded");
    });
  });
  show();
})();
