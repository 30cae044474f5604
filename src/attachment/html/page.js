(function () {
  "use strict";
  var data = JSON.parse(document.getElementById("data").textContent);
  var by = function (id) { return document.getElementById(id); };

  // Tables are sorted by what stands behind their texts.
  document.querySelectorAll("table").forEach(function (table) {
    var body = table.tBodies[0];
    var original = Array.prototype.slice.call(body.rows);
    table.querySelectorAll("thead th").forEach(function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.textContent = "";
      head.appendChild(button);
      button.addEventListener("click", function () {
        var now = head.getAttribute("aria-sort");
        table.querySelectorAll("thead th").forEach(function (other) { other.removeAttribute("aria-sort"); });
        var rows = original.slice();
        if (now !== "descending") {
          var way = now === "ascending" ? -1 : 1;
          head.setAttribute("aria-sort", way > 0 ? "ascending" : "descending");
          rows.sort(function (a, b) {
            var x = a.cells[column].dataset.key, y = b.cells[column].dataset.key;
            if (x === "" || y === "") { return (x === "") - (y === ""); }
            var m = Number(x), n = Number(y);
            return way * (isNaN(m) || isNaN(n) ? x.localeCompare(y) : m - n);
          });
        }
        rows.forEach(function (row) { body.appendChild(row); });
      });
    });
  });

  var explorer = by("explorer");
  if (!explorer || !data.dates.length) { return; }
  explorer.classList.add("on");
  var date = by("target-date"), budget = by("target-budget"), canvas = by("curve");

  function percent(thousandths) { return "about " + Math.round(thousandths / 10) + "\u00a0%"; }

  var stance = by("stance"), view = data.views[0];

  function tell(slider, name, labels, chances) {
    var label = labels[+slider.value], chance = chances[+slider.value][1];
    by(name + "-label").textContent = label;
    by(name + "-chance").textContent = chance;
    slider.setAttribute("aria-valuetext", label + ", kept with " + chance);
  }

  function show() {
    tell(date, "date", data.dates, view.dates);
    if (budget) {
      tell(budget, "budget", data.budgets, view.budgets);
      by("both-chance").textContent = percent(view.both[+date.value][+budget.value]);
    }
    draw();
  }

  var left = 58, right = 12, top = 10, bottom = 26;
  function place(at, chance) {
    var last = Math.max(1, data.dates.length - 1);
    return [
      left + (canvas.width - left - right) * at / last,
      top + (canvas.height - top - bottom) * (1 - chance)
    ];
  }

  function curve(pen, of, colour, width) {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.beginPath();
    of.dates.forEach(function (chance, at) {
      var p = place(at, chance[0]);
      if (at) { pen.lineTo(p[0], p[1]); } else { pen.moveTo(p[0], p[1]); }
    });
    pen.stroke();
  }

  function draw() {
    var pen = canvas.getContext("2d");
    if (!pen) { return; }
    var style = getComputedStyle(document.documentElement);
    var ink = style.getPropertyValue("--muted"), strong = style.getPropertyValue("--strong");
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.font = "14px system-ui, sans-serif";
    pen.fillStyle = ink;
    pen.strokeStyle = style.getPropertyValue("--rule");
    pen.lineWidth = 1;
    [0, 0.2, 0.5, 0.8, 1].forEach(function (share) {
      var y = place(0, share)[1];
      pen.beginPath(); pen.moveTo(left, y); pen.lineTo(canvas.width - right, y); pen.stroke();
      pen.textAlign = "right";
      pen.fillText(Math.round(share * 100) + " %", left - 6, y + 5);
    });
    [0, Math.floor((data.dates.length - 1) / 2), data.dates.length - 1].forEach(function (at, n) {
      pen.textAlign = ["left", "center", "right"][n];
      pen.fillText(data.dates[at], place(at, 0)[0], canvas.height - 6);
    });
    // The program as decided stays to be seen behind the one that is looked at.
    if (view !== data.views[0]) { curve(pen, data.views[0], ink, 1); }
    curve(pen, view, strong, 2.5);
    var here = place(+date.value, view.dates[+date.value][0]);
    pen.fillStyle = strong;
    pen.beginPath(); pen.arc(here[0], here[1], 6, 0, 7); pen.fill();
    pen.setLineDash([4, 4]);
    pen.lineWidth = 1;
    pen.beginPath(); pen.moveTo(here[0], here[1]); pen.lineTo(here[0], canvas.height - bottom); pen.stroke();
    pen.setLineDash([]);
  }

  canvas.addEventListener("mousemove", function (event) {
    var box = canvas.getBoundingClientRect();
    var x = (event.clientX - box.left) * canvas.width / box.width;
    var last = data.dates.length - 1;
    var at = Math.round((x - left) / (canvas.width - left - right) * last);
    at = Math.min(last, Math.max(0, at));
    by("hover").textContent = data.dates[at] + ": kept with " + view.dates[at][1];
  });
  canvas.addEventListener("mouseleave", function () { by("hover").textContent = ""; });
  if (stance) {
    stance.addEventListener("change", function (event) {
      view = data.views[+event.target.value];
      show();
    });
  }
  date.addEventListener("input", show);
  if (budget) { budget.addEventListener("input", show); }
  if (window.matchMedia) {
    var dark = window.matchMedia("(prefers-color-scheme: dark)");
    if (dark.addEventListener) { dark.addEventListener("change", draw); }
  }
  show();
})();
