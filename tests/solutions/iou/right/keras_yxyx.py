# right (convention: TF/Keras order ymin, xmin, ymax, xmax)
def calculate_iou(y_true, y_pred):
    ymin_t, xmin_t, ymax_t, xmax_t = y_true
    ymin_p, xmin_p, ymax_p, xmax_p = y_pred

    ymin = max(ymin_t, ymin_p)
    xmin = max(xmin_t, xmin_p)
    ymax = min(ymax_t, ymax_p)
    xmax = min(xmax_t, xmax_p)

    if ymax <= ymin or xmax <= xmin:
        return 0.0

    intersection = (ymax - ymin) * (xmax - xmin)
    area_t = (ymax_t - ymin_t) * (xmax_t - xmin_t)
    area_p = (ymax_p - ymin_p) * (xmax_p - xmin_p)
    return intersection / (area_t + area_p - intersection)
