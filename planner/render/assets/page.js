"use strict";
// Behaviour of the map page. All texts that come from users arrive as escaped HTML.

const planner = (() => {
  const pins = {}; // all marks by their pane
  const leaders = L.layerGroup(); // lines from marks to their places

  // A marker that is plain HTML: Leaflet's own icon would be asked for over the network. A keyboard
  // reaches it through the list of places, in fewer steps than there are marks.
  function pin(latlng, look, popup) {
    const icon = L.divIcon({ className: "pin", html: look.html, iconSize: null });
    const clickable = popup !== "";
    const marker = L.marker(latlng, { icon, pane: look.pane, interactive: clickable, keyboard: false });
    (pins[look.pane] ??= []).push(marker);
    return clickable ? marker.bindPopup(new Popup(POPUP).setContent(popup)) : marker;
  }

  // A popup opens beside the buttons, on a phone too, and scrolls where the map is too low for it.
  const POPUP = { autoPanPaddingTopLeft: [56, 16], autoPanPaddingBottomRight: [8, 8] };
  const EDGES = { x: 100, y: 96 }; // of the map that a text cannot have: paddings, margins, the tip
  const Popup = L.Popup.extend({
    _updateLayout() {
      const { x, y } = this._map.getSize();
      this.options.maxWidth = Math.min(280, x - EDGES.x);
      this.options.maxHeight = y - EDGES.y;
      L.Popup.prototype._updateLayout.call(this);
    },
  });

  // A shape with a tooltip would take the focus of the keyboard, without a name.
  L.Path.include({ _addFocusListeners() {} });

  // A line some pixels beside its points, at every zoom.
  const Lane = L.Polyline.extend({
    _projectLatlngs(latlngs, rings, bounds) {
      if (Array.isArray(latlngs[0])) {
        latlngs.forEach((part) => this._projectLatlngs(part, rings, bounds));
        return;
      }
      const beside = this.options.beside[rings.length];
      const points = latlngs.map((latlng) => this._map.project(latlng));
      const ring = points.map((point, index) => point
        .subtract(this._map.getPixelOrigin())
        .add(toTheLeft(points, index).multiplyBy(beside[index])));
      ring.forEach((point) => bounds.extend(point));
      rings.push(ring);
    },
  });

  const line = (points, beside, look) => new Lane(points, { ...look, beside });

  // One pixel to the left, seen along the line as it runs nearby: small bends make no zigzag.
  function toTheLeft(points, index) {
    const nearby = (step) => {
      let at = index;
      while (points[at + step] && points[at].distanceTo(points[index]) < NEARBY_PX) at += step;
      return points[at];
    };
    const along = nearby(1).subtract(nearby(-1));
    const length = Math.hypot(along.x, along.y);
    return length < 1 ? L.point(0, 0) : L.point(along.y / length, -along.x / length);
  }

  const NEARBY_PX = 10;

  // An RW in its colour: its border, or a circle around its middle.
  function shade(place, colour, text, estimated) {
    const look = {
      pane: "areas", className: "rw", color: "#8a7350", weight: estimated ? 2 : 0.8, dashArray: estimated ? "3 3" : null,
      fillColor: colour, fillOpacity: 0.8,
    };
    const shape = Array.isArray(place[0])
      ? L.polygon(place, look) : L.circleMarker(place, { ...look, radius: 9 });
    return shape.bindTooltip(text, { sticky: true });
  }

  // Roads are one drawing in Mercator, stretched between its corners at every zoom.
  function roads(markup, bounds) {
    const drawing = new DOMParser().parseFromString(markup, "image/svg+xml").documentElement;
    return L.svgOverlay(drawing, bounds, { pane: "roads" });
  }

  // Seen from far away, roads as wide as close by would cover the town.
  function thinRoads(map) {
    const scale = Math.min(2.5, Math.max(0.3, 2 ** ((map.getZoom() - 14) / 2)));
    document.documentElement.style.setProperty("--road-scale", scale);
  }

  function start(map, page) {
    drawCasings(page.lines ?? page.routes);
    connectLayers(map, page.layers);
    if (page.layers.tiles) connectTiles(map, page.layers.tiles);
    map.on("zoomend resize", () => { thinRoads(map); spread(map); });
    connectSearch(map, page.places);
    connectPopups(map, page.words);
    if (page.routes.length) connectSlider(map, page);
    if (page.weekends) connectWeekends(map, page);
    connectFullScreen(map, page.words);
    connectPrinting(map, page.bounds);
    L.control.scale({ imperial: false }).addTo(map);
    map.attributionControl.setPrefix(false);
    if (page.attribution) map.attributionControl.addAttribution(page.attribution);
    map.setMaxZoom(19);
    // The buttons at the left lie over no stop.
    map.fitBounds(page.bounds, {
      paddingTopLeft: [60, 28],
      paddingBottomRight: [28, 28],
      maxZoom: 16,
    });
    thinRoads(map);
    spread(map);
    // A scroll bar, or the whole screen, changes the map without a word of the window.
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
    document.documentElement.dataset.ready = "yes";
  }

  // White beneath each route keeps it apart from roads and from a darker area, in grey too.
  function drawCasings(routes) {
    for (const route of routes) {
      line(route.line.getLatLngs(), route.line.options.beside, {
        pane: "casings", color: "#fff", weight: 8, interactive: false,
      }).addTo(route.layer);
    }
  }

  // No stop hides another or a depot, or sticks out of the frame that its place is in: a mark moves
  // to the nearest free spot and keeps a line to its place, or shrinks to a dot where there is none.
  // Labels of routes, names of areas and counts of people give way; crosses shrink where they touch.
  function spread(map) {
    const size = map.getSize();
    const inFrame = ({ x, y, w, h }) => {
      const middle = map.layerPointToContainerPoint([x, y]);
      return Math.abs(middle.x - size.x / 2) <= (size.x - w) / 2
        && Math.abs(middle.y - size.y / 2) <= (size.y - h) / 2;
    };
    const free = (box) => !taken.some((other) =>
      Math.abs(box.x - other.x) < (box.w + other.w) / 2
      && Math.abs(box.y - other.y) < (box.h + other.h) / 2);
    leaders.addTo(map).clearLayers();
    const taken = [];
    const boxes = SPREAD.flatMap((pane) => (pins[pane] || [])
      .filter((marker) => marker.getElement())
      .map((marker) => {
        const mark = marker.getElement().firstElementChild;
        mark.hidden = false; // what is hidden has no size
        mark.classList.remove("dot");
        const { x, y } = map.latLngToLayerPoint(marker.getLatLng());
        const gap = pane === "left-out" ? 2 : 8;
        return { pane, mark, x, y, w: mark.clientWidth + gap, h: mark.clientHeight + gap };
      }));
    for (const { pane, mark, ...box } of boxes) {
      const tried = pane === "stops" ? SPOTS : SPOTS.slice(0, 1);
      const seen = inFrame({ ...box, w: 0, h: 0 });
      const spot = tried.find(([dx, dy]) => {
        const moved = { ...box, x: box.x + dx, y: box.y + dy };
        return free(moved) && (!seen || !WHOLE.includes(pane) || inFrame(moved));
      });
      const [dx, dy] = spot || [0, 0];
      if (pane === "stops" || pane === "left-out") mark.classList.toggle("dot", !spot);
      else if (pane !== "depots") mark.hidden = !spot;
      if (spot) taken.push({ ...box, x: box.x + dx, y: box.y + dy });
      mark.style.setProperty("--dx", `${dx}px`);
      mark.style.setProperty("--dy", `${dy}px`);
      if (dx || dy) {
        const ends = [[box.x, box.y], [box.x + dx, box.y + dy]];
        L.polyline(ends.map((end) => map.layerPointToLatLng(end)), LEADER).addTo(leaders);
      }
    }
  }

  // Panes of marks that make room, the most important first.
  const SPREAD = ["depots", "stops", "labels", "names", "uncovered", "left-out"];

  // Those of them that are not cut by the frame.
  const WHOLE = ["stops", "labels", "names"];

  const LEADER = { pane: "leaders", color: "#111", weight: 1.5, interactive: false };

  // Offsets in pixels, the near ones first.
  const SPOTS = [[0, 0], ...[26, 40, 56, 74, 94, 116, 140].flatMap((far) =>
    [0, 8, 4, 12, 2, 6, 10, 14, 1, 3, 5, 7, 9, 11, 13, 15].map((part) => [
      Math.round(1.3 * far * Math.cos((part * Math.PI) / 8)),
      Math.round(far * Math.sin((part * Math.PI) / 8)),
    ]))];

  const narrow = () => window.matchMedia("(max-width: 760px)").matches;

  function connectLayers(map, layers) {
    const boxes = [...document.querySelectorAll("[data-layer]")];
    const days = [...document.querySelectorAll("[data-day]")];
    const show = (box) => map[box.checked ? "addLayer" : "removeLayer"](layers[box.dataset.layer]);
    const ofDay = (day) => boxes.filter((box) => box.dataset.of === day.dataset.day);
    const update = () => days.forEach((day) => {
      const shown = ofDay(day).filter((box) => box.checked).length;
      day.checked = shown > 0;
      day.indeterminate = shown > 0 && shown < ofDay(day).length;
    });
    for (const box of boxes) {
      box.addEventListener("change", () => { show(box); update(); spread(map); });
    }
    const choose = (day, shown) => {
      for (const box of ofDay(day)) { box.checked = shown; show(box); }
    };
    for (const day of days) {
      day.addEventListener("change", () => {
        choose(day, day.checked);
        if (day.checked && narrow()) {
          days.filter((other) => other !== day).forEach((other) => choose(other, false));
        }
        update();
        spread(map);
      });
    }
    // A phone has room for one day at a time.
    if (narrow()) days.slice(1).forEach((day) => choose(day, false));
    update();
  }

  // Tiles take the place of the drawn roads once the first has come: without a network none does.
  function connectTiles(map, tiles) {
    const tell = (shown) => map.getContainer().classList.toggle("with-tiles", shown);
    tiles.on("tileload", () => tell(true));
    tiles.on("remove", () => tell(false));
  }

  function reveal(map, place) {
    if (!map.hasLayer(place.layer)) {
      const box = document.querySelector(`[data-layer="${place.box}"]`);
      box.checked = true;
      box.dispatchEvent(new Event("change"));
    }
    map.getContainer().scrollIntoView({ block: "nearest" });
    map.setView(place.marker.getLatLng(), Math.max(map.getZoom(), 15), { animate: false });
    place.marker.openPopup();
  }

  // The focus goes into a popup, and back to where it came from once the popup is closed.
  function connectPopups(map, words) {
    const container = map.getContainer();
    let opener = null;
    container.setAttribute("role", "main");
    container.setAttribute("aria-label", words.map);
    for (const [name, label] of [["in", words.zoomIn], ["out", words.zoomOut]]) {
      const button = container.querySelector(`.leaflet-control-zoom-${name}`);
      button.title = label;
      button.setAttribute("aria-label", label);
    }
    map.on("popupopen", ({ popup }) => {
      const box = popup.getElement();
      const content = box.querySelector(".leaflet-popup-content");
      const name = content.querySelector("b").textContent;
      content.tabIndex = 0; // also to scroll in it
      content.setAttribute("role", "dialog");
      content.setAttribute("aria-label", name);
      box.querySelector(".leaflet-popup-close-button").setAttribute("aria-label", `${words.close}: ${name}`);
      const { activeElement } = document;
      if (!container.contains(activeElement)) opener = activeElement;
      content.focus({ preventScroll: true });
    });
    map.on("popupclose", ({ popup }) => {
      if (!popup.getElement().contains(document.activeElement)) return;
      (opener?.isConnected ? opener : container).focus({ preventScroll: true });
    });
    map.on("resize", () => { if (map._popup?.isOpen()) map._popup.update(); });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") map.closePopup(); });
  }

  // All stops, or the places whose names have the words asked for. The keyboard enters the list with
  // one step, moves in it with arrows, and selects with Enter.
  function connectSearch(map, places) {
    const field = document.querySelector("#search");
    const list = document.querySelector("#found");
    const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    const items = places.map((place) => {
      const item = document.createElement("li");
      const button = item.appendChild(document.createElement("button"));
      button.type = "button";
      button.innerHTML = place.label;
      button.addEventListener("click", () => reveal(map, place));
      place.marker.on("popupopen", () => button.setAttribute("aria-current", "true"));
      place.marker.on("popupclose", () => button.removeAttribute("aria-current"));
      return { place, item, text: plain(button.textContent) };
    });
    const buttons = () => [...list.querySelectorAll("button")];
    const enterAt = (button) => buttons().forEach((one) => { one.tabIndex = one === button ? 0 : -1; });
    const show = () => {
      const wanted = plain(field.value).split(/\s+/).filter(Boolean);
      const chosen = items.filter(({ place, text }) =>
        (wanted.length ? wanted.every((word) => text.includes(word)) : place.isStop));
      list.replaceChildren(...chosen.map(({ item }) => item));
      enterAt(buttons()[0]);
    };
    field.addEventListener("input", show);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") buttons()[0]?.click();
      if (event.key === "ArrowDown") { event.preventDefault(); buttons()[0]?.focus(); }
    });
    list.addEventListener("focusin", (event) => enterAt(event.target));
    list.addEventListener("keydown", (event) => {
      const all = buttons();
      const at = all.indexOf(event.target);
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      (all[to] ?? (to < 0 ? field : null))?.focus();
    });
    show();
  }

  // Where a van is: on the road between two stops, else at the last one it reached.
  function position(route, time) {
    const lines = route.line.getLatLngs();
    let at = lines[0][0];
    for (const [index, [leave, arrive]] of route.legs.entries()) {
      if (time < leave) return at;
      const line = lines[index];
      if (time < arrive) return along(line, (time - leave) / (arrive - leave));
      at = line[line.length - 1];
    }
    return at;
  }

  function along(line, share) {
    const lengths = line.slice(1).map((point, index) => line[index].distanceTo(point));
    let left = share * lengths.reduce((sum, length) => sum + length, 0);
    for (const [index, length] of lengths.entries()) {
      if (left <= length && length > 0) {
        const [from, to] = [line[index], line[index + 1]];
        const part = left / length;
        return L.latLng(from.lat + part * (to.lat - from.lat), from.lng + part * (to.lng - from.lng));
      }
      left -= length;
    }
    return line[line.length - 1];
  }

  function connectSlider(map, page) {
    const day = document.querySelector("#day");
    const slider = document.querySelector("#time");
    const clock = document.querySelector("#clock");
    const vans = L.layerGroup(); // not shown until the slider moves: they would hide stops
    const tell = () => {
      const minutes = Number(slider.value);
      const two = (number) => String(number).padStart(2, "0");
      clock.textContent = two(Math.floor(minutes / 60)) + page.words.separator + two(minutes % 60);
    };
    const draw = () => {
      const seen = {};
      for (const { route, marker } of driving) {
        const at = position(route, Number(slider.value) * 60);
        const before = (seen[at] = (seen[at] ?? -1) + 1);
        const mark = marker.setLatLng(at).getElement().firstElementChild;
        mark.style.setProperty("--dx", `${32 * before}px`);
      }
    };
    let driving = [];
    const choose = () => {
      const routes = page.routes.filter((route) => route.date === day.value);
      slider.min = Math.floor(Math.min(...routes.map((route) => route.leave)) / 60);
      slider.max = Math.ceil(Math.max(...routes.map((route) => route.return)) / 60);
      slider.value = slider.min;
      vans.remove().clearLayers();
      driving = routes.map((route) => ({
        route,
        marker: pin(route.line.getLatLngs()[0][0], { html: route.pin, pane: "vans" }, "").addTo(vans),
      }));
      tell();
    };
    day.addEventListener("change", choose);
    slider.addEventListener("input", () => { vans.addTo(map); tell(); draw(); });
    choose();
  }

  // A weekend of a campaign at a time: its stops, and people left in each area after it.
  function connectWeekends(map, page) {
    const slider = document.querySelector("#weekend");
    const title = document.querySelector("#weekend-title");
    const facts = document.querySelector("#weekend-facts");
    const mark = document.querySelector(".burn-down .now");
    const stops = L.layerGroup().addTo(map);
    const choose = () => {
      const weekend = page.weekends[Number(slider.value)];
      title.innerHTML = weekend.title;
      slider.setAttribute("aria-valuetext", title.textContent);
      facts.innerHTML = weekend.facts;
      mark.setAttribute("transform", `translate(${weekend.at} 0)`);
      mark.setAttribute("stroke", "#111");
      page.areas.forEach((area, index) => {
        area.setStyle({ fillColor: weekend.colours[index] });
        area.setTooltipContent(`${page.names[index]}: ${weekend.left[index]}`);
      });
      map.closePopup();
      stops.clearLayers();
      pins.stops = [];
      for (const [lat, lon, html, popup] of weekend.stops) {
        pin([lat, lon], { html, pane: "stops" }, popup).addTo(stops);
      }
      spread(map);
    };
    slider.addEventListener("input", choose);
    choose();
  }

  const CORNERS = '<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">'
    + '<path d="M1 6V1h5M10 1h5v5M15 10v5h-5M6 15H1v-5" fill="none" stroke="#000" stroke-width="2"/></svg>';

  function connectFullScreen(map, words) {
    if (!document.fullscreenEnabled) return;
    const control = L.control({ position: "topleft" });
    control.onAdd = () => {
      const bar = L.DomUtil.create("div", "leaflet-bar");
      const button = L.DomUtil.create("a", "full-screen", bar);
      Object.assign(button, { href: "#", title: words.fullScreen, innerHTML: CORNERS });
      button.setAttribute("role", "button");
      button.setAttribute("aria-label", words.fullScreen);
      L.DomEvent.on(button, "click", (event) => {
        L.DomEvent.stop(event);
        if (document.fullscreenElement) document.exitFullscreen();
        else document.documentElement.requestFullscreen();
      });
      return bar;
    };
    control.addTo(map);
  }

  // All of the legend stands on the paper, if need be in more columns of smaller letters.
  function fitLegend() {
    const legend = document.querySelector("aside");
    const { style } = document.documentElement;
    const fits = () => legend.scrollHeight <= legend.clientHeight
      && legend.scrollWidth <= legend.clientWidth;
    for (const [columns, shrink] of LEGENDS) {
      style.setProperty("--columns", columns);
      style.setProperty("--shrink", shrink);
      if (fits()) return;
    }
  }

  // Columns and size of letters, from the most to the least convenient.
  const LEGENDS = [
    [1, 1], [1, 0.9], [1, 0.8], [2, 0.9], [2, 0.8], [2, 0.7], [3, 0.7], [3, 0.6], [3, 0.5], [4, 0.5],
  ];

  function connectPaper() {
    const choice = document.querySelector("#paper");
    const page = document.head.appendChild(document.createElement("style"));
    const choose = () => {
      page.textContent = `@page { size: ${choice.value} landscape; margin: 8mm; }`;
      document.documentElement.dataset.paper = choice.value;
    };
    choice.addEventListener("change", choose);
    choose();
  }

  // Paper has another shape than the screen: the map takes it before the page is printed.
  function connectPrinting(map, bounds) {
    connectPaper();
    let before = null;
    const resize = () => map.invalidateSize({ animate: false, pan: false });
    window.addEventListener("beforeprint", () => {
      if (before) return;
      before = { center: map.getCenter(), zoom: map.getZoom(), snap: map.options.zoomSnap };
      map.closePopup();
      document.documentElement.classList.add("paper");
      fitLegend();
      map.options.zoomSnap = 0;
      resize();
      map.fitBounds(bounds, { padding: [40, 40], maxZoom: 16, animate: false });
      spread(map);
    });
    window.addEventListener("afterprint", () => {
      document.documentElement.classList.remove("paper");
      map.options.zoomSnap = before.snap;
      resize();
      map.setView(before.center, before.zoom, { animate: false });
      before = null;
    });
    document.querySelector("#print").addEventListener("click", () => window.print());
  }

  return { pin, line, shade, roads, start };
})();
