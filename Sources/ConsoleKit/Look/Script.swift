/// The one script of the pages; every page works without it.
enum Script {
    static let text = #"""
        /* Yilian's console. Every page works without this file. It does four things:
           ages and clocks run, keys move along lists, what changed is swapped, what is wrong with a form gets the focus. */
        (function () {
          'use strict';
          var d = document, root = d.documentElement, en = root.lang === 'en';
          var skew = (Date.parse(root.dataset.now) || Date.now()) - Date.now(); // the node's clock counts
          var units = [[86400, en ? ' d' : ' 天'], [3600, en ? ' h' : ' 小时'], [60, en ? ' min' : ' 分'], [1, en ? ' s' : ' 秒']];

          function say(text) { var s = d.getElementById('say'); if (s) s.textContent = text; }
          function each(selector, f) { Array.prototype.forEach.call(d.querySelectorAll(selector), f); }

          function span(seconds) { // the two largest units
            for (var i = 0; i < 4 && seconds < units[i][0]; i++);
            if (i >= 3) return Math.floor(seconds) + units[3][1];
            var rest = Math.floor(seconds % units[i][0] / units[i + 1][0]);
            return Math.floor(seconds / units[i][0]) + units[i][1] + (rest ? ' ' + rest + units[i + 1][1] : '');
          }

          function tick() {
            var now = Date.now() + skew;
            each('time[data-age]', function (t) {
              var s = Math.max(0, (now - Date.parse(t.dateTime)) / 1000);
              t.textContent = span(s) + (en ? ' ago' : '前');
              if (t.dataset.age) t.classList.toggle('old', s > +t.dataset.age); // a page that lies there cannot look fresh
            });
            each('time[data-clock]', function (t) {
              var s = (Date.parse(t.dateTime) - now) / 1000, over = s < 0;
              if (over && !t.classList.contains('over') && t.dataset.clock) {
                say(t.dataset.clock + (en ? ' is overdue' : ' 已超时'));
              }
              t.classList.toggle('over', over);
              t.textContent = over
                ? (en ? 'over by ' : '已超 ') + span(-s) : (en ? '' : '还剩 ') + span(s) + (en ? ' left' : '');
            });
          }

          /* j k: next, previous row; o: open; a: its action; [ ]: previous, next; /: filter; ?: keys. */
          function rows() { return Array.prototype.slice.call(d.querySelectorAll('[data-rows] > *')); }
          function move(step) {
            var all = rows(), at = all.findIndex(function (r) { return r.classList.contains('here'); });
            var next = all[Math.max(0, Math.min(all.length - 1, at + step))];
            if (!next) return;
            if (all[at]) all[at].classList.remove('here');
            next.classList.add('here');
            var link = next.querySelector('a, button, input:not([type="hidden"])');
            if (link) link.focus();
            next.scrollIntoView({ block: 'nearest' });
          }
          function press(selector) { var e = d.querySelector(selector); if (e) e.click(); }
          d.addEventListener('keydown', function (e) {
            if (e.isComposing || e.ctrlKey || e.metaKey || e.altKey || root.dataset.keys === 'off') return;
            if (/^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName)) return;
            var step = { j: 1, k: -1 }[e.key];
            if (step) move(step);
            else if (e.key === 'o') press('.here a');
            else if (e.key === 'a') press('.here .act a, .here .act button');
            else if (e.key === '[') press('a[rel="prev"]');
            else if (e.key === ']') press('a[rel="next"]');
            else if (e.key === '?') press('a[rel="help"]');
            else if (e.key === '/') {
              var f = d.querySelector('.filter input, .filter select');
              if (f) { f.focus(); e.preventDefault(); }
            }
          });

          /* What changed comes from the node and takes the place of what was there, never under somebody's hands. */
          var main = d.getElementById('main'), lost = d.getElementById('lost'), feed, late = {};
          function put(id) {
            var e = d.getElementById('live-' + id);
            if (!e || e.contains(d.activeElement)) return;
            e.innerHTML = late[id];
            delete late[id];
            tick();
          }
          function listen() {
            if (feed) feed.close();
            feed = 0;
            if (d.hidden) return; // a browser has six connections
            feed = new EventSource(main.dataset.live + '&marks=' + main.dataset.marks);
            feed.onopen = feed.onerror = function (e) { lost.hidden = e.type === 'open'; };
            feed.onmessage = function (e) {
              var at = e.data.indexOf('\n'), id = e.data.slice(0, at);
              main.dataset.marks = e.lastEventId;
              late[id] = e.data.slice(at + 1);
              put(id);
            };
            feed.addEventListener('at', function (e) { each('.stamp time', function (t) { t.textContent = e.data; }); });
          }
          if (lost) {
            listen();
            d.addEventListener('visibilitychange', listen);
            d.addEventListener('focusout', function () { setTimeout(function () { Object.keys(late).forEach(put); }); });
          }

          var wrong = d.querySelector('.errors');
          if (wrong) wrong.focus();
          tick();
          setInterval(tick, 1000);
        })();

        """#
}
