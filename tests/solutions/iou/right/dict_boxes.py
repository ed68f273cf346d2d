# right (convention: boxes are dicts with x1, y1, x2, y2)
def get_iou(bb1, bb2):
    x_left = max(bb1["x1"], bb2["x1"])
    y_top = max(bb1["y1"], bb2["y1"])
    x_right = min(bb1["x2"], bb2["x2"])
    y_bottom = min(bb1["y2"], bb2["y2"])

    if x_right < x_left or y_bottom < y_top:
        return 0.0

    inter = (x_right - x_left) * (y_bottom - y_top)
    areas = [(bb["x2"] - bb["x1"]) * (bb["y2"] - bb["y1"]) for bb in (bb1, bb2)]
    union = sum(areas) - inter
    return inter / union if union != 0 else 0.0
