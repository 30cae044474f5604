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

  function show() {
    var mark = data.dates[+date.value];
    by("date-label").textContent = mark[0];
    by("date-chance").textContent = mark[2];
    date.setAttribute("aria-valuetext", mark[0] + ", kept with " + mark[2]);
    if (budget) {
      var money = data.budgets[+budget.value];
      by("budget-label").textContent = money[0];
      by("budget-chance").textContent = money[2];
      budget.setAttribute("aria-valuetext", money[0] + ", kept with " + money[2]);
      by("both-chance").textContent = percent(data.both[+date.value][+budget.value]);
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
      pen.fillText(data.dates[at][0], place(at, 0)[0], canvas.height - 6);
    });
    pen.strokeStyle = strong;
    pen.lineWidth = 2.5;
    pen.beginPath();
    data.dates.forEach(function (mark, at) {
      var p = place(at, mark[1]);
      if (at) { pen.lineTo(p[0], p[1]); } else { pen.moveTo(p[0], p[1]); }
    });
    pen.stroke();
    var here = place(+date.value, data.dates[+date.value][1]);
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
    by("hover").textContent = data.dates[at][0] + ": kept with " + data.dates[at][2];
  });
  canvas.addEventListener("mouseleave", function () { by("hover").textContent = ""; });
  date.addEventListener("input", show);
  if (budget) { budget.addEventListener("input", show); }
  if (window.matchMedia) {
    var dark = window.matchMedia("(prefers-color-scheme: dark)");
    if (dark.addEventListener) { dark.addEventListener("change", draw); }
  }
  show();
})();
